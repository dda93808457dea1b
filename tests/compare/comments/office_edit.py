"""Changes to a document through LibreOffice's interface for programs; run by the system's Python, which has uno.

python3 office_edit.py PIPE IN OUT: replaces words with tracking, types over a number, saves. It puts no comment:
the writer-nogui 7.4 of Debian 12 ends itself at a new comment, in an empty document too; those of others it keeps.
"""

import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def value(name, content):
    found = PropertyValue()
    found.Name, found.Value = name, content
    return found


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # the office is still starting
            time.sleep(0.25)
    raise SystemExit("the office does not answer")


def find(document, words):
    search = document.createSearchDescriptor()
    search.SearchString = words
    found = document.findFirst(search)
    if found is None:
        raise SystemExit(f"'{words}' is not in the document")
    return found


def main(pipe, source, target):
    remote = connect(pipe)
    desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),)
    )
    if not document.RecordChanges:
        document.RecordChanges = True
    find(document, "Words of another chapter").String = "Sentences of another chapter"
    find(document, "44").String = "47"
    document.storeToURL(uno.systemPathToFileUrl(target), (value("FilterName", "MS Word 2007 XML"),))
    document.close(True)
    sys.stdout.flush()
    os._exit(0)  # a bridge to the office that is taken down with Python's interpreter may end it by a signal


if __name__ == "__main__":
    main(*sys.argv[1:])
