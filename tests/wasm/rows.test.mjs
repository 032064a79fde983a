// The rows of the table are read from the file when they are looked at; whatever else the engine is asked in between.
import assert from 'node:assert/strict';
import test from 'node:test';
import { load, newModule } from './engine.mjs';

const module = await newModule();
const csv = Buffer.from(
  ['"No.","Time","Source","Destination","Protocol","Length","Info"']
    .concat([...'abcdefgh'].map((name, i) => `"${i + 1}","0.${i}","10.0.0.1","10.0.0.2","UDP","${100 + i}","to ${name}"`))
    .join('\n'),
);

test('rows are the same before and after each other question', () => {
  const engine = load(module, csv);
  engine.select('{}');
  engine.show('');
  const lines = engine.rows(0, 8);
  assert.equal(JSON.parse(lines)[7][6], 'to h');
  const questions = {
    definitions: () => engine.definitions('rows.csv'),
    summary: () => engine.summary(),
    csv: () => engine.csv(0, 8),
    groups: () => engine.groups('conversation'),
    timeline: () => engine.timeline('{}', 10),
    show: () => engine.show('size<=103') && engine.show(''),
  };
  for (const [name, ask] of Object.entries(questions)) {
    ask();
    assert.equal(engine.rows(0, 8), lines, `after ${name}`);
  }
  engine.delete();
});
