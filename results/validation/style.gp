# What the pictures of this folder share.  From the folder above all, with the data in `folder`:
#     gnuplot -d -e "folder = 'results/validation'; picture = 'svg'" results/validation/waits.gp
# draws results/validation/waits.svg; picture = 'png' the same as pixels.  tools/validation.sh does so.
set encoding utf8
if (picture eq 'svg') set terminal svg noenhanced size 960,640 font 'DejaVu Sans,12' background rgb 'white'
if (picture eq 'png') set terminal pngcairo noenhanced size 1440,960 font 'DejaVu Sans,12' \
    fontscale 1.3 linewidth 1.5 background rgb 'white'
set output folder.'/'.name.'.'.picture
set datafile separator comma
set datafile columnheaders
set border 3 linecolor rgb '#666666'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid ytics linecolor rgb '#E6E6E6' linetype 1 linewidth 0.8
set format '%g'
set lmargin at screen 0.085
set rmargin at screen 0.87
set samples 200
set pointsize 0.8
unset key
blue = 0x0072B2; orange = 0xD55E00; green = 0x009E73; ink = 0x333333

# All points have 20 replications: Student's t with 19 degrees of freedom, at 97.5 %.
t = 2.0930
# How many standard errors a mean with this interval is from the exact value.
off(mean, low, high, exact) = (mean - exact) * 2 * t / (high - low)

# Two panels, one above the other; the lower one for what is left of the upper.
upper = "set tmargin at screen 0.84; set bmargin at screen 0.40; set format x ''; unset xlabel"
lower = "unset label; unset logscale y; set tmargin at screen 0.30; set bmargin at screen 0.11; \
    set format x '%g'; set yrange [-5:5]; set ytics -4,2,4; \
    set arrow 91 from graph 0, first t to graph 1, first t nohead dashtype 3 linecolor rgb '#888888'; \
    set arrow 92 from graph 0, first -t to graph 1, first -t nohead dashtype 3 linecolor rgb '#888888'; \
    set label 'off by, in standard errors; between the dotted lines: the exact value is in the 95 % interval' \
    at graph 0, graph 1 offset 0,0.8 font ',10' textcolor rgb '#666666'"
