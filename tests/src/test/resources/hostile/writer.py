# What every act of a hostile writer can use. The working directory is the inbox; an act follows this text.
import errno, fcntl, json, mmap, os, signal, socket, stat, subprocess, sys, time

SECRET = os.environ['SECRET']
SHARED = os.environ['SHARED']  # a directory where root has put files of its own for this writer to play with
CHECK = b'{"action": "check"}'

if os.path.lexists('.made'):  # of an act that failed
    os.rename('.made', SHARED + '/made-%d' % os.getpid())


def report(path):
    """Tells what an entry is, so that it can be found again by its inode."""
    seen = os.lstat(path)
    target = os.readlink(path) if stat.S_ISLNK(seen.st_mode) else ''
    print(json.dumps({'inode': seen.st_ino, 'mode': seen.st_mode, 'uid': seen.st_uid, 'gid': seen.st_gid,
                      'size': seen.st_size, 'links': seen.st_nlink, 'target': target}), flush=True)


def make(content=b'', mode=0o644):
    """Writes a file under a dot name."""
    with open('.made', 'xb') as file:
        file.write(content)
        os.fchmod(file.fileno(), mode)


def drop(name):
    """Publishes what was made under a dot name."""
    report('.made')
    os.rename('.made', name)


def put(name, content=b''):
    make(content)
    drop(name)


def text(id, **fields):
    return json.dumps({'id': id, 'action': 'check', **fields}).encode()


def request(id, **fields):
    put('1700000000-' + id + '.json', text(id, **fields))


def ready():
    """The act goes on, and what it is about is in place."""
    print('ready', flush=True)


def until(fact):
    end = time.monotonic() + 30
    while not fact():
        if time.monotonic() > end:
            sys.exit('it has not become so')
        time.sleep(0.002)


def claimed(name):
    until(lambda: not os.path.lexists(name))


def told(id):
    """The result with this id, as its writer may read it, or nothing."""
    try:
        with open('../../results/web/' + id + '.json', 'rb') as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def ended(id):
    return told(id).get('state', 'queued') not in ('queued', 'running')


def denied(act, *codes):
    """Sees that the kernel refuses something."""
    try:
        act()
    except OSError as e:
        if e.errno in (codes or (errno.EACCES, errno.EPERM)):
            return
        raise
    sys.exit('nothing refused it')


def nested(depth):
    """A document with so many containers in one another, its own braces counted."""
    return b'{"action": "check", "reason": ' + b'[' * (depth - 1) + b']' * (depth - 1) + b'}'


def collision(number):
    """One of 2,048 texts of equal length that Java gives one hash."""
    return b''.join(b'Aa' if number >> bit & 1 else b'BB' for bit in range(11))
