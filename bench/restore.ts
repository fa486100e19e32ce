/**
 * `npm run bench:restore`: the engine's restorer over the sample document. PSNR and SSIM inside the hand-checked faces
 * against the truth, before and after, the pixels changed outside, and the time of one job.
 */
import { decodePicture } from '../engine/picture/decode';
import { loadEnhancer } from '../engine/restore/enhancer';
import { matteOf } from '../engine/restore/matte';
import { sampleDocument } from '../playground/samples/degrade';
import { BUILT_IN_PRESETS } from '../src/core/presets/presets';
import { psnr, ssim } from './quality';

const enhancer = await loadEnhancer();
console.log(enhancer.kind);
const wanted = process.argv[2] ?? 'balanced';
const preset = BUILT_IN_PRESETS.find(({ id }) => id === wanted);
if (preset === undefined)
  throw new Error(`No such preset: ${wanted}. ${BUILT_IN_PRESETS.map(({ id }) => id).join(', ')}`);
console.log(`Preset ${preset.name}: ${JSON.stringify(preset.parameters)}`);
console.log('sample               faces   PSNR dB before -> after        SSIM before -> after   outside       time');
const gains: number[] = [];
for (const sample of await sampleDocument()) {
  const picture = await decodePicture(sample.bytes);
  if (!picture.ok) throw new Error(`${sample.name} cannot be decoded`);
  const began = performance.now();
  const { image, faces } = await enhancer.restore(
    { picture: picture.value, parameters: preset.parameters, scale: 1 },
    { onProgress: () => undefined, isCancelled: () => false },
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const before = picture.value.image;
  const mattes = sample.faces.map((face) => matteOf(face, before)!.region);
  let outside = 0;
  for (let pixel = 0; pixel < before.width * before.height; pixel++) {
    const [x, y] = [pixel % before.width, Math.floor(pixel / before.width)];
    // The detector's box is not the hand-checked one: half a face more is "round the face", the rest is outside.
    const near = mattes.some(
      (box) =>
        Math.abs(x - box.x - box.width / 2) < box.width * 0.75 &&
        Math.abs(y - box.y - box.height / 2) < box.height * 0.75,
    );
    if (!near && [0, 1, 2, 3].some((channel) => image.data[pixel * 4 + channel] !== before.data[pixel * 4 + channel]))
      outside += 1;
  }
  const { truth } = sample;
  const name = sample.name.padEnd(20);
  if (truth === null) {
    console.log(
      `${name} ${String(faces).padStart(2)}/0   ${' '.repeat(54)} ${String(outside).padStart(5)} px ${seconds.padStart(8)} s`,
    );
    continue;
  }
  const [p0, p1] = [psnr(before, truth, sample.faces), psnr(image, truth, sample.faces)];
  const [s0, s1] = [ssim(before, truth, sample.faces), ssim(image, truth, sample.faces)];
  gains.push(p1 - p0);
  console.log(
    `${name} ${String(faces).padStart(2)}/${sample.faces.length}   ${p0.toFixed(2)} -> ${p1.toFixed(2)} (${p1 >= p0 ? '+' : ''}${(p1 - p0).toFixed(2)})      ${s0.toFixed(3)} -> ${s1.toFixed(3)} (${s1 >= s0 ? '+' : ''}${(s1 - s0).toFixed(3)})   ${String(outside).padStart(5)} px ${seconds.padStart(8)} s`,
  );
}
console.log(
  `mean gain ${(gains.reduce((sum, gain) => sum + gain, 0) / gains.length).toFixed(2)} dB, least ${Math.min(...gains).toFixed(2)} dB`,
);
