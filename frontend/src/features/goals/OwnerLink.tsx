import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import type { OwnerLink_owner$key } from '../../__generated__/OwnerLink_owner.graphql';

/** Whom a goal belongs to, leading to their page. */
export function OwnerLink({ owner }: { readonly owner: OwnerLink_owner$key | null | undefined }): ReactElement {
  const data = useFragment(
    graphql`
      fragment OwnerLink_owner on Owner {
        __typename
        id
        name
      }
    `,
    owner,
  );
  if (!data) return <span className="text-muted">Someone you cannot see</span>;
  return data.__typename === 'Person' ? (
    <Link to="/people/$personId" params={{ personId: data.id }} className="link">
      {data.name}
    </Link>
  ) : (
    <Link to="/units/$unitId" params={{ unitId: data.id }} className="link">
      {data.name}
    </Link>
  );
}
