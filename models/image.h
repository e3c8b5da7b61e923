#pragma once

#include "models/world.h"

// Whether a runner finds its image on the node that it lands on (P3): with a fixed probability, or
// by a model of `nodes` nodes that remember.
//
// A start goes to a free node, one without a runner of its revision, that holds the image, if there
// is one; else to another free one; else to any.  Among equals the node is drawn.  A node holds the
// image from the end of a pull there, until cache_lifetime after the last runner of the revision
// left it.  Every revision has an image of its own.

void image_create(struct model *model, struct pool *pool, struct arena *arena);
// Whether a start to come will find its image, when that is a matter of probability; with nodes:
// yes.
bool image_foreseen(struct pool *pool, uint64_t number);
// The runner has its hardware: is the image there?
bool image_cached(struct model *model, struct runner *runner);
void image_pulled(struct model *model, const struct runner *runner);
void image_left(struct model *model, const struct runner *runner); // the runner is gone
