name = 'waits'
load folder.'/style.gp'

# Erlang B by its recursion in the number of runners, and Erlang C from it.
erlang_b(c, a) = c == 0 ? 1. : (b = erlang_b(c - 1, a), a * b / (c + a * b))
erlang_c(c, a) = c * erlang_b(c, a) / (c - a * (1 - erlang_b(c, a)))
wait(c, a) = erlang_c(c, a) / (c - a)

wait_at(c, load) = load < 0.03 || load > 0.97 ? NaN : wait(c, c * load)

data = folder.'/waits.csv'
left(n) = off(column('mean'), column('low'), column('high'), wait(n, column('rate')))
of(n) = column('c') == n ? column('rate') / n : NaN
colour(n) = n == 1 ? blue : n == 2 ? orange : green
set xrange [0:1]
set xtics 0.1

set multiplot
@upper
set label 1 'The mean wait follows Erlang C' at screen 0.02, 0.955 font 'DejaVu Sans:Bold,15' textcolor rgb '#111111'
set label 2 'Mean wait in service times (log scale) over the load of a runner. Lines: exact. Points: warmpool, with 95 % intervals' \
    at screen 0.02, 0.905 font ',11' textcolor rgb '#666666'
set logscale y
set yrange [0.0008:40]
set ytics ('0.001' 0.001, '0.01' 0.01, '0.1' 0.1, '1' 1, '10' 10)
set label 3 '1 runner' at first 0.97, first wait_at(1, 0.97) offset 0.8,0 textcolor rgb blue
set label 4 '2 runners' at first 0.97, first wait_at(2, 0.97) offset 0.8,0 textcolor rgb orange
set label 5 '10 runners' at first 0.97, first wait_at(10, 0.97) offset 0.8,0 textcolor rgb green
plot for [n in '1 2 10'] wait_at(int(n), x) with lines linewidth 1.3 linecolor rgb colour(int(n)), \
    for [n in '1 2 10'] data using (of(int(n))):'mean':'low':'high' with yerrorbars \
        pointtype 7 pointsize 0.55 linewidth 1.2 linecolor rgb colour(int(n))
@lower
set xlabel 'load of a runner' textcolor rgb ink
plot for [n in '1 2 10'] data using (of(int(n))):(left(int(n))) with points \
    pointtype 7 pointsize 0.55 linecolor rgb colour(int(n))
unset multiplot

set print '-'
stats data using (left(column('c'))) name 'all' nooutput
stats data using (abs(left(column('c'))) > t) name 'out' nooutput
print sprintf('%d %.1f %d', all_records, abs(all_max) > abs(all_min) ? all_max : all_min, out_sum)
