export interface Consent {
  title: string;
  scopes: readonly string[];
  accounts: readonly { id: string; name: string }[];
  /** Shown instead of the question. */
  problem?: string;
}

/** The page on which a user allows or denies. It posts to its own address. */
export function consentPage({ title, scopes, accounts, problem }: Consent): string {
  const body = problem === undefined ? question(scopes, accounts) : `<p role="alert">${escape(problem)}</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #f5f5f5; margin: 0; }
main { max-width: 32rem; margin: 3rem auto; padding: 1.5rem; background: #fff; border: 1px solid #767676; }
button { font: inherit; min-height: 2.75rem; padding: 0 1.5rem; margin-inline-end: .5rem; }
label { display: block; padding: .5rem 0; }
</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<p>This page imitates the platform. No real account is involved.</p>
${body}
</main>
</body>
</html>
`;
}

function question(scopes: Consent['scopes'], accounts: Consent['accounts']): string {
  const asked = scopes.map((scope) => `<li>${escape(scope)}</li>`).join('\n');
  const choices = accounts
    .map(
      ({ id, name }) =>
        `<label><input type="checkbox" name="account" value="${escape(id)}" checked> ${escape(name)} (${escape(id)})</label>`,
    )
    .join('\n');
  return `<h2>LiftOS asks for</h2>
<ul>
${asked}
</ul>
<form method="post">
<fieldset>
<legend>Accounts</legend>
${choices}
</fieldset>
<p>
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button>
</p>
</form>`;
}

function escape(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
