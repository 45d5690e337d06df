# Visible digital seals of Australia and Japan under the CSCAs of a public master
# list: health-certificates/vds_nc.jsonl, a record a line with "id", "payload",
# and what is "wanted": valid, or the reason.
if [ -f "$CCCD_TEST_DATA/health-certificates/vds_nc.jsonl" ]; then
	conformance_cases vdsnc .
else
	echo "skipped: no health-certificates/vds_nc.jsonl in the conformance data"
	tally "conformance vdsnc" 0 0 1
fi
