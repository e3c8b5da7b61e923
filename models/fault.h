#pragma once

#include "models/world.h"

// What goes wrong with runners and with the machines under them (P7).
//
//   crash        a ready runner ends after a time of its own (mtbf); its requests see the
//                connection break
//   illness      a ready runner answers sick_response from some moment on (sick_after).  Checks
//                are sent every `interval` since it became ready; those of a sick runner fail
//                `timeout` later, and those sent before the start period is over do not count.
//                After `failures` in a row it is stopped, as by a deploy, and the autoscaler
//                replaces it
//   reclaim      the machine is taken back after a time that counts from its arrival
//   maintenance  the hosts of a number of runners, the oldest, are taken down
//   eviction     capacity falls below what is in use: the youngest runners die on the spot
//
// Reclaim and maintenance let a runner finish what it has in flight until the notice and then the
// grace period are over; that bounds `drain: wait` too.  A runner that is still starting is called
// off.  One that is leaving already is left alone, except by eviction.

void fault_placed(struct model *model, uint32_t id);            // it has got a machine
void fault_ready(struct model *model, uint32_t id);             // it has become ready
void fault_closing(struct model *model, struct runner *runner); // it takes no more requests
void fault_gone(struct model *model, struct runner *runner);

void fault_maintain(struct model *model, const struct timeline_config *event);
void fault_evict(struct model *model, uint32_t machine);

void on_fault(void *model, struct sim_event event);
