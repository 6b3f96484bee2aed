import { expect, test } from 'vitest';
import { fromPythonCommand } from './python.ts';
import type { Unit } from './types.ts';

const unit: Unit = {
  ...{ folder: '.', name: 'shop', files: ['requirements.txt'] },
  text: () => 'django\n',
};

const adapted = {
  'python manage.py migrate && python manage.py runserver 0.0.0.0:8000':
    'python3 manage.py migrate && python3 manage.py runserver $HOST:$PORT',
  'python a.py; echo done || poetry run gunicorn shop.wsgi --bind 0.0.0.0:9000 2>&1 | tee log':
    'python3 a.py; echo done || python3 -m gunicorn shop.wsgi --bind $HOST:$PORT 2>&1 | tee log',
  'uvicorn main:app && echo stopped': 'python3 -m uvicorn main:app --host $HOST --port $PORT && echo stopped',
  'DEBUG=1 exec python main.py': 'DEBUG=1 exec python3 main.py',
  'python -c "import a; python" && ./python x': 'python3 -c "import a; python" && ./python x',
};

for (const [command, start] of Object.entries(adapted)) {
  test(`each program of a shell line finds the packages: ${command}`, () => {
    expect(fromPythonCommand(command, unit, 'Procfile "web"')).toMatchObject({ start });
  });
}

test('a line of other tools stays as it is', () => {
  expect(fromPythonCommand('npm ci && node python.js', unit, 'Procfile "web"')).toBeUndefined();
});
