"""Runs a candidate's Python inside the sandbox: takes a job over fd 3, answers over fd 4 (see channel.ts).

It holds no expected values, and nothing here is a secret: whatever a program does to this file's objects, it can only
give worse answers for itself.
"""
import os
import sys

import builtins as _builtins
import select as _select

# Importing `json` costs as much as starting the interpreter; its parts in C can be had without.
try:
    from _json import encode_basestring_ascii as _string, make_encoder as _make_encoder, make_scanner as _make_scanner

    class _Context:
        strict = False
        object_hook = object_pairs_hook = None
        parse_float = float
        parse_int = int
        parse_constant = float
        memo = {}

    _scan = _make_scanner(_Context())

    def _loads(text):
        return _scan(text, 0)[0]

    def _dumps(value, default=None, allow_nan=False):
        return ''.join(_make_encoder({}, default, _string, None, ': ', ', ', False, False, allow_nan)(value, 0))
except (ImportError, AttributeError):
    from json import dumps as _plain_dumps, loads as _loads

    def _dumps(value, default=None, allow_nan=False):
        return _plain_dumps(value, default=default, allow_nan=allow_nan)

# What answers usually import: loaded while nobody waits.
_LIKELY = ('collections', 'heapq', 'bisect', 'math', 'functools', 'itertools', 'typing', 're', 'string', 'random', 'json', 'dataclasses')

_WORK = '/box/work'
_MAX_NODES = 1_000_000
_MAX_DEPTH = 200


class ListNode:
    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


class _Unanswerable(Exception):
    pass


def _read_exactly(count):
    parts = []
    while count > 0:
        part = os.read(3, min(count, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        count -= len(part)
    return b''.join(parts)


def _receive(loads=_loads, from_bytes=int.from_bytes):
    length = from_bytes(_read_exactly(5)[:4], 'little')
    return loads(str(_read_exactly(length), 'utf-8'))


def _write_all(fd, data, write=os.write):
    view = memoryview(data)
    while view:
        view = view[write(fd, view):]


def _send(value, dumps=_dumps, write_all=_write_all):
    payload = dumps(value).encode('utf-8', 'surrogatepass')
    _send_text(payload)


def _send_text(payload, write_all=_write_all):
    write_all(4, len(payload).to_bytes(4, 'little') + b'J' + payload)


def _node_kind(kind):
    """'ListNode' or 'TreeNode' and how many array levels are around it; else None."""
    kind = str(kind)
    levels = kind.count('[]') or kind.lower().count('list[')
    for name in ('ListNode', 'TreeNode'):
        if name in kind:
            return name, levels
    return None


def _to_list(values, node):
    head = None
    for value in reversed(values or []):
        made = node()
        made.val = value
        made.next = head
        head = made
    return head


def _to_tree(values, node):
    if not values or values[0] is None:
        return None
    waiting = iter(values)

    def make(value):
        made = node()
        made.val = value
        made.left = made.right = None
        return made

    root = make(next(waiting))
    level, at = [root], 0
    for left in waiting:
        parent, at = level[at], at + 1
        if left is not None:
            parent.left = make(left)
            level.append(parent.left)
        right = next(waiting, None)
        if right is not None:
            parent.right = make(right)
            level.append(parent.right)
    return root


def _to_nodes(value, name, levels, node):
    if levels > 0 and isinstance(value, list) and (levels > 1 or not value or isinstance(value[0], list) or value[0] is None):
        return [_to_nodes(each, name, levels - 1, node) for each in value]
    return _to_list(value, node) if name == 'ListNode' else _to_tree(value, node)


def _from_list(node):
    values, seen = [], set()
    while node is not None:
        if id(node) in seen:
            raise _Unanswerable('The list that was returned runs in a circle.')
        if len(values) >= _MAX_NODES:
            raise _Unanswerable('The list that was returned has more than a million nodes.')
        seen.add(id(node))
        values.append(node.val)
        node = node.next
    return values


def _from_tree(root):
    values, level, seen = [], [root], set()
    for node in level:
        if node is None:
            values.append(None)
            continue
        if id(node) in seen:
            raise _Unanswerable('The tree that was returned has a node in two places.')
        if len(values) >= _MAX_NODES:
            raise _Unanswerable('The tree that was returned has more than a million nodes.')
        seen.add(id(node))
        values.append(node.val)
        level.append(node.left)
        level.append(node.right)
    while values and values[-1] is None:
        values.pop()
    return values


def _other(value):
    """What the JSON encoder does not know by itself."""
    if isinstance(value, (set, frozenset)):
        try:
            return sorted(value)
        except TypeError:
            return list(value)
    if type(value).__name__ in ('deque', 'range', 'dict_keys', 'dict_values', 'dict_items'):
        return list(value)
    if hasattr(value, 'val') and hasattr(value, 'next'):
        return _from_list(value)
    if hasattr(value, 'val') and hasattr(value, 'left') and hasattr(value, 'right'):
        return _from_tree(value)
    if hasattr(type(value), '__dataclass_fields__'):
        return [getattr(value, name) for name in type(value).__dataclass_fields__]
    raise _Unanswerable('A value of type %s has no JSON form. Return numbers, strings, booleans, None, lists or dicts.' % type(value).__name__)


def _without_special(value, depth=0):
    """Numbers that JSON lacks become words, so that they can be shown; the runner counts them as never equal."""
    if depth > _MAX_DEPTH:
        raise RecursionError
    if isinstance(value, float):
        if value != value:
            return 'NaN'
        if value in (float('inf'), float('-inf')):
            return 'Infinity' if value > 0 else '-Infinity'
        return value
    if isinstance(value, dict):
        return {key: _without_special(each, depth + 1) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_special(each, depth + 1) for each in value]
    return value


def _encode(value, dumps=_dumps):
    try:
        return dumps(value, allow_nan=False, default=_other), False
    except _Unanswerable:
        raise
    except RecursionError:
        raise _Unanswerable('The value that was returned is nested too deeply.') from None
    except TypeError as problem:
        raise _Unanswerable('The value that was returned has no JSON form: %s.' % problem) from None
    except ValueError as problem:
        words = str(problem)
        if 'Circular' in words:
            raise _Unanswerable('The value that was returned contains itself.') from None
        if 'digits' in words:
            raise _Unanswerable('The integer that was returned is too long. Return it as a string.') from None
    try:
        return dumps(_without_special(value), default=_other), True
    except (RecursionError, ValueError, TypeError):
        raise _Unanswerable('The value that was returned has no JSON form.') from None


def _words_of(error):
    """The traceback without the harness, paths relative to the working directory."""
    import traceback as _traceback
    frames = [frame for frame in _traceback.extract_tb(error.__traceback__) if frame.filename != _words_of.__code__.co_filename and not frame.filename.startswith('<frozen')]
    if len(frames) > 12:
        frames = frames[:4] + frames[-8:]
    lines = []
    for frame in frames:
        lines.append('  File "%s", line %s, in %s\n' % (frame.filename.removeprefix(_WORK + '/'), frame.lineno, frame.name))
        if frame.line:
            lines.append('    %s\n' % frame.line)
    head = 'Traceback (most recent call last):\n' if lines else ''
    text = ''.join(_traceback.format_exception_only(type(error), error)).replace(_WORK + '/', '')
    return (head + ''.join(lines) + text).rstrip()[-4000:]


def _failure(error):
    if isinstance(error, MemoryError):
        return {'ok': False, 'error': 'MemoryError', 'kind': 'memory'}
    if isinstance(error, SystemExit):
        return {'ok': False, 'error': 'The program called exit(%s) before it had answered.' % ('' if error.code is None else error.code)}
    if isinstance(error, _Unanswerable):
        return {'ok': False, 'error': str(error)}
    try:
        words = _words_of(error)
    except BaseException:
        words = type(error).__name__
    # ENOSPC and EAGAIN say that a limit was met.
    kind = {28: 'disk', 122: 'disk', 27: 'disk', 11: 'processes'}.get(getattr(error, 'errno', None)) if isinstance(error, OSError) else None
    return {'ok': False, 'error': words, **({'kind': kind} if kind else {})}


def _write_files(files):
    for file in files:
        path = os.path.join(_WORK, file['path'])
        folder = os.path.dirname(path)
        if folder != _WORK:
            os.makedirs(folder, exist_ok=True)
        with open(path, 'w', encoding='utf-8', newline='') as opened:
            opened.write(file['content'])


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


def _mark(marker):
    _flush()
    for fd in (1, 2):
        try:
            _write_all(fd, marker)
        except OSError:
            pass


def _load(job):
    name = os.path.splitext(os.path.basename(job['main']))[0]
    module = type(sys)(name)
    path = os.path.join(_WORK, job['main'])
    module.__file__ = path
    sys.modules[name] = module
    module.__dict__['ListNode'] = ListNode
    module.__dict__['TreeNode'] = TreeNode
    with open(path, encoding='utf-8') as opened:
        source = opened.read()
    exec(compile(source, path, 'exec', dont_inherit=True), module.__dict__)
    entry = job['entry']
    if entry['kind'] == 'method':
        owner = getattr(module, entry['owner'], None)
        if owner is None or not hasattr(owner, entry['name']):
            raise _Unanswerable('There is no method %s.%s once the file has run.' % (entry['owner'], entry['name']))
        # A fresh object per test, so that one test's state is not the next one's.
        return module, lambda: getattr(owner(), entry['name'])
    function = getattr(module, entry['name'], None)
    if not callable(function):
        raise _Unanswerable('There is no function %s once the file has run.' % entry['name'])
    return module, lambda: function


def _kinds(job, function):
    signature = job.get('signature')
    if signature:
        return [_node_kind(parameter['type']) for parameter in signature['parameters']], _node_kind(signature['returns'])
    code = getattr(function, '__code__', None)
    annotations = getattr(function, '__annotations__', None)
    if code is None or not annotations:
        return [], None
    names = code.co_varnames[:code.co_argcount]
    if hasattr(function, '__self__'):
        names = names[1:]
    return [_node_kind(annotations.get(name)) for name in names], _node_kind(annotations.get('return'))


def _call(job, module, bound, values):
    function = bound()
    kinds, returns = _kinds(job, function)
    nodes = {'ListNode': getattr(module, 'ListNode', ListNode), 'TreeNode': getattr(module, 'TreeNode', TreeNode)}
    given = [
        _to_nodes(value, *kinds[index], nodes[kinds[index][0]]) if index < len(kinds) and kinds[index] else value
        for index, value in enumerate(values)
    ]
    answer = function(*given)
    if type(answer).__name__ == 'coroutine':
        import asyncio
        answer = asyncio.run(answer)
    if type(answer).__name__ == 'generator':
        raise _Unanswerable('A generator was returned. Return a list: list(...).')
    if answer is None and returns and returns[1] == 0:
        answer = []
    return _encode(answer)


def _tests(job):
    try:
        module, bound = _load(job)
    except BaseException as error:
        _flush()
        _send({'type': 'load', **_failure(error)})
        return
    _send({'type': 'load', 'ok': True})
    while True:
        message = _receive()
        if 'mark' in message:
            _mark(message['mark'].encode())
        if 'input' not in message:
            if 'done' in message:
                return
            continue
        try:
            text, special = _call(job, module, bound, message['input'])
            reply = ('{"id": %d, "ok": true, "special": %s, "value": ' % (message['id'], 'true' if special else 'false') + text + '}').encode('utf-8', 'surrogatepass')
        except BaseException as error:
            _flush()
            _send({'id': message['id'], **_failure(error)})
        else:
            del text
            _send_text(reply)


def _program(job):
    os.close(3)
    os.close(4)
    sys.argv = [job['main'], *job['args']]
    path = os.path.join(_WORK, job['main'])
    main = type(sys)('__main__')
    main.__file__ = path
    main.__builtins__ = _builtins
    sys.modules['__main__'] = main
    with open(path, encoding='utf-8') as opened:
        source = opened.read()
    try:
        exec(compile(source, path, 'exec', dont_inherit=True), main.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        _flush()
        sys.stderr.write(_words_of(error) + '\n')
        _flush()
        # What a program started may still run; the interpreter's own ending waits for its threads.
        sys.exit(1)


def _main():
    for fd in (3, 4):
        os.set_inheritable(fd, False)
    for name in _LIKELY:
        if _select.select([3], [], [], 0)[0]:
            break
        __import__(name)
    sys.dont_write_bytecode = True
    # What was printed before a crash or a time limit is seen.
    sys.stdout.reconfigure(line_buffering=True)
    from _sitebuiltins import Quitter
    _builtins.exit = Quitter('exit', 'Ctrl-D (i.e. EOF)')
    _builtins.quit = Quitter('quit', 'Ctrl-D (i.e. EOF)')
    job = _receive()
    try:
        _write_files(job['files'])
    except (OSError, UnicodeError) as error:
        _send({'type': 'load', **_failure(error)})
        os._exit(1)
    os.chdir(_WORK)
    folder = os.path.dirname(job['main'])
    sys.path.insert(0, os.path.join(_WORK, folder) if folder else _WORK)
    if folder:
        sys.path.insert(1, _WORK)
    if job['mode'] == 'program':
        _program(job)
        return
    _tests(job)
    _flush()
    os._exit(0)


_main()
