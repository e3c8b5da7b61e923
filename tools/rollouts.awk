# The points.csv of a sweep of results/rollouts/ as a table: a row for each strategy and rate, a
# column for each metric: mean +/- half of its 95 % interval.
BEGIN { FS = "," }
NR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}
{
    row = $column["alternative"] " | " sprintf("%.3g", 2 * $column["queue"])
    metric = $column["metric"]
    if (!(row in seen)) {
        seen[row] = 1
        rows[++row_count] = row
    }
    half = ($column["high"] - $column["low"]) / 2
    digits = metric ~ /usd/ ? 3 : metric ~ /failed/ ? 2 : 1
    format = "%." digits "f"
    cell[row, metric] = half > 0 ? sprintf(format " ± " format, $column["mean"], half) : sprintf(format, $column["mean"])
}
END {
    print "| strategy | requests/s | extra unserved time, s | extra requests that failed | extra waiting of all, s | extra cost, $ | backlog gone after, s |"
    print "|---|--:|--:|--:|--:|--:|--:|"
    split("excess_unserved_time_s excess_failed_requests excess_wait_s excess_cost_usd recovery_time_s", order, " ")
    for (r = 1; r <= row_count; r++) {
        line = "| " rows[r]
        for (m = 1; m <= 5; m++)
            line = line " | " cell[rows[r], order[m]]
        print line " |"
    }
}
