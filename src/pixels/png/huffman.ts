/** Prefix codes for deflate (RFC 1951, 3.2.2): code lengths from counts, and codes from lengths. */

/** Length in bits of each symbol's code, 0 for symbols that do not occur, none over `limit`. At least one symbol must occur. */
export function codeLengths(counts: Uint32Array, limit: number): Uint8Array {
  let wanted = counts;
  for (;;) {
    const lengths = huffman(wanted);
    if (lengths.every((length) => length <= limit)) return lengths;
    // Flatter counts give a flatter tree; rare symbols stay in it.
    wanted = wanted.map((count) => (count === 0 ? 0 : (count >>> 2) + 1));
  }
}

/** Huffman's algorithm on two sorted queues. A lone symbol gets one bit. */
function huffman(counts: Uint32Array): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const used = [...counts.keys()].filter((symbol) => counts[symbol]! > 0).sort((a, b) => counts[a]! - counts[b]!);
  if (used.length === 1) lengths[used[0]!] = 1;
  if (used.length < 2) return lengths;
  const leaves = used.length;
  const weight = new Float64Array(leaves * 2 - 1);
  const parent = new Int32Array(leaves * 2 - 1);
  used.forEach((symbol, at) => {
    weight[at] = counts[symbol]!;
  });
  let leaf = 0;
  let inner = leaves;
  for (let made = leaves; made < weight.length; made++) {
    for (let child = 0; child < 2; child++) {
      const takeLeaf = leaf < leaves && (inner >= made || weight[leaf]! <= weight[inner]!);
      const taken = takeLeaf ? leaf++ : inner++;
      weight[made] = weight[made]! + weight[taken]!;
      parent[taken] = made;
    }
  }
  const depth = new Uint8Array(weight.length);
  for (let node = weight.length - 2; node >= 0; node--) {
    depth[node] = depth[parent[node]!]! + 1;
    if (node < leaves) lengths[used[node]!] = depth[node]!;
  }
  return lengths;
}

/** The codes of 3.2.2, with their bits turned round as deflate writes them. */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length);
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) codes[symbol] = reversed(code++, length);
    }
    code <<= 1;
  }
  return codes;
}

function reversed(code: number, length: number): number {
  let out = 0;
  for (let bit = 0; bit < length; bit++) out |= ((code >>> bit) & 1) << (length - 1 - bit);
  return out;
}
