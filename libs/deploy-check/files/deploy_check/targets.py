"""What of the repository a call runs."""

import ast

from .expressions import last_name


def target(repository, scope, call):
    """Its module, its function, and for a method what it is a method of."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id in scope.instances:
        instance = scope.instances[call.func.value.id]
        return instance[0], instance[1].get(call.func.attr), instance
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call):
        instance = repository.methods(scope.module, scope.module.called(call.func.value))
        return instance[0], (instance[1] or {}).get(call.func.attr), instance
    if isinstance(call.func, ast.Name) and call.func.id in scope.instances:
        instance = scope.instances[call.func.id]
        return instance[0], instance[1].get("__call__"), instance
    if isinstance(call.func, ast.Name):
        function = scope.functions.get(call.func.id) or scope.module.functions.get(call.func.id)
        if function is not None:
            return scope.module, function, None
    module, function = repository.function(scope.module, scope.module.called(call))
    if function is not None:
        return module, function, None
    instance = repository.methods(scope.module, scope.module.called(call))
    if instance[1]:
        return instance[0], instance[1].get("__init__"), instance
    owner, _, last = scope.module.called(call).rpartition(".")
    instance = repository.methods(scope.module, owner) if owner else (None, None)
    function = (instance[1] or {}).get(last)
    return (instance[0], function, instance if is_bound(function) else None) if function is not None else (module, None, None)


def is_bound(function):
    """Whether its first parameter is the class, which a call does not name."""
    return any(last_name(decorator) == "classmethod" for decorator in function.decorator_list)


def targets_of(statement):
    """What an assignment gives its value to, with or without a type."""
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def pairs_of(statement):
    """Each single thing that an assignment sets, with its value."""
    for target in targets_of(statement):
        if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple) and len(target.elts) == len(statement.value.elts):
            yield from zip(target.elts, statement.value.elts)
        else:
            yield target, statement.value


def learn_instance(repository, scope, statement):
    """Remembers of which class of the repository a name is from now on."""
    made = repository.methods(scope.module, scope.module.called(statement.value)) if isinstance(statement.value, ast.Call) else (None, None)
    for target in targets_of(statement):
        if isinstance(target, ast.Name):
            scope.instances.pop(target.id, None)
            if made[1]:
                scope.instances[target.id] = made
