name = 'keep-alive'
load folder.'/style.gp'

# M/G/1 with exceptional first service (Welch 1964): arrivals at rate l, start-up d, service s.
l = 0.01; d = 60.; s = 28.7
gone(T) = exp(-l * T)
wait(T) = l * s**2 / (2 * (1 - l * s)) + gone(T) * (2 * d + l * d**2) / (2 * (1 + l * gone(T) * d))
cold(T) = gone(T) * (1 - l * s) / (1 + l * gone(T) * d)
within(T, value) = T < 0 || T > 300 ? NaN : value

data = folder.'/keep-alive.csv'
of(metric) = strcol('metric') eq metric ? column('T') : NaN
left = "off(column('mean'), column('low'), column('high'), \
    strcol('metric') eq 'wait_mean_s' ? wait(column('T')) : cold(column('T')))"
set xrange [-6:306]
set xtics 50

set multiplot
@upper
set label 1 'Cold starts and waits fall with keep_alive as Welch found in 1964' at screen 0.02, 0.955 \
    font 'DejaVu Sans:Bold,15' textcolor rgb '#111111'
set label 2 'One runner, 60 s of start-up, 28.7 s of service, a request in 100 s. Lines: exact. Points: warmpool, with 95 % intervals' \
    at screen 0.02, 0.905 font ',11' textcolor rgb '#666666'
set border 11
set yrange [0:60]
set ytics 10 textcolor rgb blue
set y2range [0:0.6]
set y2tics 0.1 textcolor rgb orange
set label 3 'mean wait, s' at first 100, first wait(100) offset 1,1.2 textcolor rgb blue
set label 4 'share of cold starts' at first 20, second 0.2 textcolor rgb orange
plot within(x, wait(x)) with lines linewidth 1.3 linecolor rgb blue, \
    within(x, cold(x)) axes x1y2 with lines linewidth 1.3 linecolor rgb orange, \
    data using (of('wait_mean_s')):'mean':'low':'high' with yerrorbars \
        pointtype 7 pointsize 0.55 linewidth 1.2 linecolor rgb blue, \
    data using (of('cold_start_ratio')):'mean':'low':'high' axes x1y2 with yerrorbars \
        pointtype 7 pointsize 0.55 linewidth 1.2 linecolor rgb orange
@lower
set border 3
unset y2tics
set ytics textcolor rgb ink
set xlabel 'keep_alive, s' textcolor rgb ink
plot data using (of('wait_mean_s')):(@left) with points pointtype 7 pointsize 0.55 linecolor rgb blue, \
    data using (of('cold_start_ratio')):(@left) with points pointtype 7 pointsize 0.55 linecolor rgb orange
unset multiplot

set print '-'
stats data using (@left) name 'all' nooutput
stats data using (abs(@left) > t) name 'out' nooutput
print sprintf('%d %.1f %d', all_records, abs(all_max) > abs(all_min) ? all_max : all_min, out_sum)
