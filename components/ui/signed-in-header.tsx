import Activity from 'lucide-react/icons/activity';
import LogOut from 'lucide-react/icons/log-out';
import { ButtonLink } from './button-link.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { SiteHeader } from './site-header.tsx';

/** The head of inner pages: the person's sessions and profile, their name, and the way out. `guest`: they were let into one session and have no more. `admin`: they see operations. */
export function SignedInHeader({ name, guest = false, admin = false }: { name: string; guest?: boolean; admin?: boolean }) {
  if (guest) {
    return (
      <SiteHeader home="/sessions">
        <span className="max-w-48 truncate px-3 text-[0.9375rem] text-faint">{name}, guest</span>
      </SiteHeader>
    );
  }
  return (
    <SiteHeader home="/sessions">
      <ButtonLink href="/sessions" variant="bare" className="max-sm:hidden">
        Sessions
      </ButtonLink>
      <ButtonLink href="/profile" variant="bare">
        Profile
      </ButtonLink>
      {admin ? (
        <ButtonLink href="/operations" variant="bare" className="max-sm:w-11 max-sm:px-0">
          <Activity aria-hidden size={18} strokeWidth={1.75} className="sm:hidden" />
          <span className="max-sm:sr-only">Operations</span>
        </ButtonLink>
      ) : null}
      <span className="hidden max-w-48 truncate px-3 text-[0.9375rem] text-faint md:inline">{name}</span>
      <SignOutButton>
        <LogOut aria-hidden size={18} strokeWidth={1.75} />
        <span className="max-sm:sr-only">Sign out</span>
      </SignOutButton>
    </SiteHeader>
  );
}
