/*
 * Our types through node-postgres: results in text, parameters in text and
 * binary.
 *
 * A type that it does not know comes as a string; a Buffer as parameter is sent
 * in binary.  Binary results it cannot read: it decodes every value as UTF-8
 * first (version 8).
 * The database of test/drivers/sample.sql is the one that the environment
 * names.
 */
'use strict'
const { Client } = require('pg')

function check (good, kind, what) {
  console.log(`${good ? '' : 'not '}ok - node-postgres ${kind}: ${what}`)
}

async function main () {
  const client = new Client()
  await client.connect()
  const differences = async kind =>
    Number((await client.query('SELECT differences($1)', [kind])).rows[0].differences)
  const names = (await client.query('SELECT * FROM type ORDER BY 1')).rows

  for (const { name, wrong_text: wrongText, wrong_binary: wrongBinary } of names) {
    const text = await client.query(`SELECT n, v, a, v::text AS said, a::text AS list FROM sample_${name} ORDER BY n`)
    check(text.rowCount > 1 && text.rows.every(row => row.v === row.said && row.a === row.list), name, 'text results')
    for (const { n, v, a } of text.rows) {
      await client.query(`INSERT INTO copy_${name} VALUES ($1, $2, $3)`, [n, v, a])
    }
    check(await differences(name) === 0, name, 'text parameters')

    const bytes = await client.query(
      `SELECT n, ${name}_send(v) AS v, array_send(a) AS a FROM sample_${name} ORDER BY n`)
    for (const { n, v, a } of bytes.rows) {
      await client.query({ name: `put ${name}`, text: `INSERT INTO copy_${name} VALUES ($1, $2, $3)`, values: [n, v, a] })
    }
    check(bytes.rows.some(row => Buffer.isBuffer(row.v)) && await differences(name) === 0, name, 'binary parameters, prepared')

    // a list of the program's is an array
    const list = text.rows.filter(row => row.v !== null).map(row => row.v).concat([null])
    const back = await client.query(`SELECT unnest($1::${name}[])::text AS v`, [list])
    check(JSON.stringify(back.rows.map(row => row.v)) === JSON.stringify(list), name, 'a list as array')

    for (const [value, state] of [[wrongText, '22P02'], [wrongBinary, '22P03']]) {
      const error = await client.query(`SELECT $1::${name}`, [value]).then(() => ({}), error => error)
      check(error.code === state, name, `a wrong value is refused with ${state}`)
    }
  }
  check(names.length === 6, 'types', 'all were tried')

  const { health, rule, context } = (await client.query(
    `SELECT h.v AS health, r.v AS rule, c.v AS context FROM sample_cccd_health h, sample_cccd_rule r, sample_cccd_context c
     WHERE h.n = 3 AND r.n = 5 AND c.n = 3`)).rows[0]
  const answer = await client.query('SELECT cccd_eligible($1, $2, $3, $4) AS may', [health, rule, new Date('2021-11-16T12:00:00Z'), context])
  check(answer.rows[0].may === true, 'question', 'parameters of three types, without a cast')
  await client.end()
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
