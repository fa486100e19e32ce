/**
 * Quick actions for a command that asks for something first: the plugin suggests while the user types. Like Figma's, for
 * the first parameter: a list below a field, walked with the arrow keys, taken with Enter or a click.
 */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Suggestion } from '../../host/calls';
import type { MenuCommand } from '../../host/manifest';
import type { Session } from '../session';

interface QuickActionProps {
  readonly session: Session;
  readonly item: MenuCommand;
  readonly onClose: () => void;
}

type Item = Extract<Suggestion, { readonly kind: 'list' }>['items'][number];

export function QuickAction({ session, item, onClose }: QuickActionProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef(0);
  const [query, setQuery] = useState('');
  const [offered, setOffered] = useState<Suggestion | null>(null);
  const [active, setActive] = useState(0);
  const [parameter] = item.parameters;
  const items: readonly Item[] = offered?.kind === 'list' ? offered.items : [];

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    void session
      .host()
      .suggest(item.command, parameter?.key ?? '', query)
      .then((suggestion) => {
        // A slower answer to what was typed before must not replace a newer one.
        if (mine !== asked.current) return;
        setOffered(suggestion);
        setActive(0);
      });
  }, [query]);
  useEffect(() => {
    const away = (event: Event): void => {
      if (!(event.target instanceof Node) || !box.current?.contains(event.target)) close();
    };
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, []);

  const close = (): void => {
    // The run that only suggested is over.
    session.host().close();
    onClose();
  };
  const take = (chosen: Item | undefined): void => {
    if (chosen === undefined || parameter === undefined) return;
    onClose();
    void session.host().run(item.command, { [parameter.key]: chosen.data });
  };
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') take(items[active]);
    else if (step !== 0 && items.length > 0) setActive((active + step + items.length) % items.length);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="quick" role="dialog" aria-label={item.name} ref={box}>
      <label class="quick-name" for={id}>
        {item.name}
      </label>
      <input
        class="quick-field"
        id={id}
        ref={field}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={items.length > 0 ? `${id}-${active}` : undefined}
        autocomplete="off"
        placeholder={parameter?.description || parameter?.name}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <div class="quick-list" role="listbox" id={`${id}-list`} aria-label={parameter?.name}>
        {items.map((offer, index) => (
          <div
            key={`${index} ${offer.name}`}
            id={`${id}-${index}`}
            class="quick-item"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerMove={() => setActive(index)}
            onClick={() => take(offer)}
            onKeyDown={keys}
          >
            {offer.name}
          </div>
        ))}
      </div>
      {items.length === 0 && offered !== null && (
        <p class="quick-none">{offered.kind === 'list' ? 'No match' : offered.text}</p>
      )}
    </div>
  );
}
