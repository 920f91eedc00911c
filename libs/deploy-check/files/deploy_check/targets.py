"""What of the repository a call runs."""

import ast


def target(repository, scope, call):
    """Its module, its function, and for a method what it is a method of."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id in scope.instances:
        instance = scope.instances[call.func.value.id]
        return instance[0], instance[1].get(call.func.attr), instance
    if isinstance(call.func, ast.Name):
        function = scope.functions.get(call.func.id) or scope.module.functions.get(call.func.id)
        if function is not None:
            return scope.module, function, None
    module, function = repository.function(scope.module, scope.module.called(call))
    if function is not None:
        return module, function, None
    instance = repository.methods(scope.module, scope.module.called(call))
    return (instance[0], instance[1].get("__init__"), instance) if instance[1] else (module, None, None)


def learn_instance(repository, scope, statement):
    """Remembers of which class of the repository a name is from now on."""
    made = repository.methods(scope.module, scope.module.called(statement.value)) if isinstance(statement.value, ast.Call) else (None, None)
    for target in statement.targets:
        if isinstance(target, ast.Name):
            scope.instances.pop(target.id, None)
            if made[1]:
                scope.instances[target.id] = made
