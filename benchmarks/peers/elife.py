"""elifetools reads JATS files: how many references, dois and pmids, in how many seconds."""

import json
import sys
import time

from elifetools import parseJATS

start, found = time.process_time(), []
for path in sys.argv[1:]:
    soup = parseJATS.parse_document(path)
    parseJATS.title(soup), parseJATS.full_abstract(soup), parseJATS.keywords(soup)
    refs = parseJATS.refs(soup)
    found.append([len(refs), sum("doi" in r for r in refs), sum("pmid" in r for r in refs)])
print(json.dumps({"seconds": time.process_time() - start, "found": found}))
