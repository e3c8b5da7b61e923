# The comparisons.csv of a run as a table: a row for each alternative, a column for some numbers of
# the app: by what the pairing divides the variance of their difference from the first one.
BEGIN {
    FS = ","
    print "| strategy | requests that succeeded | requests that failed | wait, mean | response, mean | cost |"
    print "|---|--:|--:|--:|--:|--:|"
}
NR == 1 {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}
$column["app"] == "" { next }
{
    metric = $column["metric"]
    factor = sprintf("%.3g", $column["variance_reduction"])
}
metric == "requests" && $column["outcome"] == "ok" { ok = factor }
metric == "failed_requests" { failed = factor }
metric == "wait_mean_s" { wait = factor }
metric == "response_mean_s" { response = factor }
metric == "cost_usd" && $column["payer"] == "owner" { cost[$column["alternative"]] = factor }
metric == "response_mean_s" {
    name[++count] = $column["alternative"]
    row[count] = ok " | " failed " | " wait " | " response
}
END {
    for (i = 1; i <= count; i++)
        print "| " name[i] " | " row[i] " | " cost[name[i]] " |"
}
