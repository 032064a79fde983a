"""pandas, as the lab's notebook reads a csv: pandas_csv.py FILE. Prints {"packets", "read_ms"}."""
import json
import sys
import time

import pandas

begun = time.perf_counter()
packets = pandas.read_csv(sys.argv[1])
packets['Time'] = pandas.to_datetime(packets['Time'])
ended = time.perf_counter()
print(json.dumps({'packets': len(packets), 'read_ms': 1000 * (ended - begun)}))
