/** A small picture from a file's bytes. */
import { useEffect, useState } from 'preact/hooks';
import { names } from './names';
import css from './thumbnail.module.css';

export interface ThumbnailProps {
  /** PNG; empty or undefined shows an empty frame. */
  readonly bytes: Uint8Array | undefined;
  readonly alt: string;
  readonly large?: boolean;
}

export function Thumbnail({ bytes, alt, large }: ThumbnailProps) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (bytes === undefined || bytes.length === 0) {
      setAddress(null);
      return;
    }
    // Bytes from the host are never shared memory, which is all that this type would also allow.
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return (
    <span class={names(css['frame'], large && css['large'])}>
      {address !== null && <img src={address} alt={alt} />}
    </span>
  );
}
