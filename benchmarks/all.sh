#!/bin/sh
# All measurements, one after the other, each as one line of JSON or a few of text.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}

measure() {
    echo "== $*"
    "$PYTHON" -m "$@"
}

measure benchmarks.intake --json
measure benchmarks.intake --json --flush-ms 2
measure benchmarks.batch --json
measure benchmarks.vault
measure benchmarks.fsck --json
measure benchmarks.worker
measure benchmarks.assess_delay
measure benchmarks.half_open --json
measure benchmarks.kill --json
measure benchmarks.power_cut
measure benchmarks.queue_page
measure benchmarks.scan --json
measure benchmarks.known --json
measure benchmarks.extract --data "${LABELLED:-labelled}" --json
measure benchmarks.amounts
measure benchmarks.templates --labelled "${LABELLED:-labelled}" --json
measure benchmarks.triage --labelled "${LABELLED:-labelled}" --json
