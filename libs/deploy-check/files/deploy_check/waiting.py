"""The rule `no_timeout`: a request that waits for ever."""

from .expressions import shown_name
from .libraries import VERBS


def check_waiting(repository, module, call):
    name = module.called(call)
    arguments = {keyword.arg for keyword in call.keywords}
    if "timeout" in arguments or None in arguments:
        return
    owner, _, verb = name.rpartition(".")
    if (owner == "requests" and verb in VERBS) or (name == "urllib.request.urlopen" and len(call.args) < 3):
        repository.found("no_timeout", module, call, shown_name(call))
