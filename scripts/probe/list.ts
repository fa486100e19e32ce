/** The list of jobs: shapes, order, pages, reach. Costs nothing; asked when there are a few jobs in it. */
import type { Probe } from './job';
import { isGood, jsonOf, memberOf, said } from './service';

export async function askList(probe: Probe): Promise<void> {
  const { service, sheet } = probe;
  const plain = await service.api('GET', '/image/v1/status');
  const paged = await service.api('GET', '/image/v1/status?paginated=true&limit=100');
  const [whole, page] = [jsonOf(plain), jsonOf(paged)];
  const data = memberOf(page, 'data');
  const asDocumented = Array.isArray(whole) && Array.isArray(data) && memberOf(page, 'pagination') !== undefined;
  const shape = `${Array.isArray(whole) ? `an array of ${whole.length}` : said(plain)}; ${Array.isArray(data) ? `a page of ${data.length}` : said(paged)}`;
  sheet.answer(
    'list-shape',
    `${asDocumented ? 'Yes' : 'No'}: ${shape}.`,
    asDocumented ? 'As needed.' : 'Mend src/api/parse.ts.',
  );
  const entries = Array.isArray(data) ? data : Array.isArray(whole) ? whole : [];
  tellOrder(probe, entries);
  await tellPages(probe);
  const many = await service.api('GET', '/image/v1/status?paginated=true&limit=101');
  sheet.answer('list-limit', isGood(many) ? 'It is taken.' : `${said(many)}.`, 'The client asks for 100.');
  const made = await service.api('GET', '/image/v1/status?paginated=true&limit=10&cursor=made-up');
  sheet.answer(
    'list-cursor',
    isGood(made) ? 'It is taken.' : `${said(made)}.`,
    'An expired cursor: the list is read from its beginning.',
  );
}

function tellOrder({ sheet, clock }: Probe, entries: readonly unknown[]): void {
  const times = entries.map((entry) => memberOf(entry, 'creation_time')).filter((time) => typeof time === 'number');
  const down = times.every((time, index) => index === 0 || time <= times[index - 1]!);
  const up = times.every((time, index) => index === 0 || time >= times[index - 1]!);
  const order = down ? 'Newest first' : up ? 'Oldest first' : 'In no order';
  sheet.answer(
    'list-order',
    times.length < 2 ? 'Too few jobs to tell.' : `${order} (${times.length} jobs).`,
    down ? 'Reading stops early, as now.' : 'The client reads every page: slower, safe.',
  );
  const oldest = Math.min(...times);
  const hours = (clock() / 1000 - oldest) / 3600;
  sheet.answer(
    'list-oldest',
    times.length === 0
      ? 'The list is empty.'
      : `${hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`} on its first page.`,
    'More than 6.5 days are needed, and can be seen only on an account that was used a week ago.',
  );
}

async function tellPages({ service, sheet }: Probe): Promise<void> {
  const first = jsonOf(await service.api('GET', '/image/v1/status?paginated=true&limit=1'));
  const cursor = memberOf(memberOf(first, 'pagination'), 'next_cursor');
  if (typeof cursor !== 'string' || cursor === '') {
    sheet.answer(
      'list-pages',
      `No cursor after one entry (${JSON.stringify(memberOf(first, 'pagination')) ?? 'no pagination'}).`,
      'Only the plain list would be whole: mend src/api/list.ts.',
    );
    return;
  }
  const second = jsonOf(
    await service.api('GET', `/image/v1/status?paginated=true&limit=1&cursor=${encodeURIComponent(cursor)}`),
  );
  const id = (page: unknown): unknown =>
    memberOf((memberOf(page, 'data') as readonly unknown[] | undefined)?.[0], 'process_id');
  const on = typeof id(second) === 'string' && id(second) !== id(first);
  sheet.answer(
    'list-pages',
    on ? 'Yes: another job.' : 'No: the same job, or none.',
    on ? 'As needed.' : 'Long lists count as unreadable: the user is asked.',
  );
}
