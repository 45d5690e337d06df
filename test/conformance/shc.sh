# SMART Health Cards that others made: the examples of the specification
# (smart-on-fhir/health-cards, branch gh-pages, folder examples) in shc/examples,
# and the test data of its validator (smart-on-fhir/health-cards-dev-tools,
# folder testdata) in shc/testdata.
if [ -d "$CCCD_TEST_DATA/shc/examples" ] && [ -d "$CCCD_TEST_DATA/shc/testdata" ]; then
	conformance_cases shc shc
else
	echo "skipped: no conformance data of SMART Health Cards"
	tally "conformance shc" 0 0 1
fi
