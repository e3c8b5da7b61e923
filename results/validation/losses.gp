name = 'losses'
load folder.'/style.gp'

# Erlang B by its recursion in the number of runners.
erlang_b(c, a) = c == 0 ? 1. : (b = erlang_b(c - 1, a), a * b / (c + a * b))

data = folder.'/losses.csv'
blocked = "(1 - column('mean')):(1 - column('high')):(1 - column('low'))"
left(n) = off(1 - column('mean'), 1 - column('high'), 1 - column('low'), erlang_b(n, column('rate')))
# The three kinds stand side by side, since one would hide the others.
aside(kind) = kind eq 'constant' ? -0.012 : kind eq 'lognormal' ? 0.012 : 0
of(n, kind) = column('c') == n && strcol('service') eq kind ? column('rate') / n + aside(kind) : NaN
colour(n) = n == 1 ? blue : n == 5 ? orange : green
shape(kind) = kind eq 'constant' ? 4 : kind eq 'lognormal' ? 8 : 6
kinds = 'constant exponential lognormal'
set xrange [0:2.1]
set xtics 0.25

set multiplot
@upper
set label 1 'Blocking follows Erlang B, whatever the service' at screen 0.02, 0.955 \
    font 'DejaVu Sans:Bold,15' textcolor rgb '#111111'
set label 2 'Share of rejected requests over the offered load of a runner. Lines: exact. Points: warmpool, with 95 % intervals' \
    at screen 0.02, 0.905 font ',11' textcolor rgb '#666666'
set yrange [0:0.7]
set ytics 0.1
set label 3 '1 runner' at first 2, first erlang_b(1, 2) offset 1.6,0 textcolor rgb blue
set label 4 '5 runners' at first 2, first erlang_b(5, 10) offset 1.6,0 textcolor rgb orange
set label 5 '20 runners' at first 2, first erlang_b(20, 40) offset 1.6,0 textcolor rgb green
set key at graph 0.02, graph 0.96 left top Left reverse samplen 0.5 textcolor rgb ink
plot for [n in '1 5 20'] (x > 2 ? NaN : erlang_b(int(n), x * n)) notitle with lines linewidth 1.2 linecolor rgb colour(int(n)), \
    for [kind in kinds] for [n in '1 5 20'] data using (of(int(n), kind)):@blocked notitle with yerrorbars \
        pointtype shape(kind) pointsize 0.8 linewidth 1 linecolor rgb colour(int(n)), \
    for [kind in kinds] keyentry with points pointtype shape(kind) pointsize 0.8 linecolor rgb ink \
        title (kind eq 'lognormal' ? 'lognormal service, cv 2' : kind.' service')
unset key
@lower
set xlabel 'offered load of a runner, in erlangs' textcolor rgb ink
plot for [kind in kinds] for [n in '1 5 20'] data using (of(int(n), kind)):(left(int(n))) with points \
    pointtype shape(kind) pointsize 0.7 linecolor rgb colour(int(n))
unset multiplot

set print '-'
stats data using (left(column('c'))) name 'all' nooutput
stats data using (abs(left(column('c'))) > t) name 'out' nooutput
print sprintf('%d %.1f %d', all_records, abs(all_max) > abs(all_min) ? all_max : all_min, out_sum)
