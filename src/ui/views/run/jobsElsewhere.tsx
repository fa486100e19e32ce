/** Jobs that cannot be gone on with here: of other documents, and of another service than the one that is set. */
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { atOtherServices, inOtherFiles } from '../../store/runs/takeUp';
import { serviceName } from '../../store/serviceName';
import { LABELS } from '../../words';
import type { Panel } from '../panel';

export function JobsElsewhere({ panel: { state, dispatch } }: { readonly panel: Panel }) {
  const files = [...inOtherFiles(state)];
  const services = [...atOtherServices(state)];
  if (files.length + services.length === 0) return null;
  return (
    <>
      {files.length > 0 && (
        <Notice kind="info">
          {files.map(([file, count]) => (
            <p key={file}>{LABELS.inFile(count, file)}</p>
          ))}
        </Notice>
      )}
      {services.length > 0 && (
        <Notice
          kind="info"
          actions={<Button onPress={() => dispatch({ type: 'page', page: 'settings' })}>{LABELS.settings}</Button>}
        >
          {services.map(([address, count]) => (
            <p key={address}>{LABELS.atService(count, serviceName(address))}</p>
          ))}
        </Notice>
      )}
    </>
  );
}
