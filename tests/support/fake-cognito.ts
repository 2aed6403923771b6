/**
 * A user pool on loopback: the operations of Amazon Cognito's user pools API (its API reference) that need no credentials,
 * with SRP, codes that are "sent" to a mailbox of the test, real RS256 tokens with their key set, and faults on demand.
 * As a pool with `PreventUserExistenceErrors`, it does not tell whether an account exists, except where Cognito does.
 */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { type SrpExchange, type Verifier, makeVerifier, startExchange } from './srp-server.ts';

export interface FakeAccount {
  email: string;
  password: string;
  name?: string;
  groups?: string[];
  confirmed?: boolean;
  /** A second factor by an app: this is the code it shows. */
  totp?: string;
  /** The password was given by somebody else and must be changed. */
  temporary?: boolean;
  disabled?: boolean;
}
export interface FakeCognito {
  url: string;
  userPoolId: string;
  clientId: string;
  /** As `ampx` writes it. */
  outputs(): unknown;
  /** @returns the account's `sub` */
  add(account: FakeAccount): string;
  /** The last code sent to an address, by mail. */
  codeFor(email: string): string | undefined;
  /** Signs in without a browser. `idTokenS`: seconds this ID token is good, by default an hour. */
  tokensOf(email: string, options?: { idTokenS?: number }): Promise<{ idToken: string; accessToken: string; refreshToken: string }>;
  /**
   * The next calls of an operation (`times`: 1) are answered so: with an error's name, a status without one, or only once
   * `held` resolves. Amplify tries again by itself what sounds like throttling. @returns what ends the fault
   */
  fault(operation: string, fault: { type?: string; status?: number; message?: string; held?: Promise<void>; times?: number }): () => void;
  /** What was asked, in order. */
  calls: string[];
  close(): Promise<void>;
}

interface Account extends Required<Omit<FakeAccount, 'totp' | 'password'>> {
  sub: string;
  verifier: Verifier;
  totp: string | null;
  code: { value: string; used: boolean } | null;
  wrongPasswords: number;
  /** Sign-ins before this moment are over. */
  signedOutMs: number;
}
type Json = Record<string, any>;

class Problem extends Error {
  type: string;
  status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}
const WRONG = () => new Problem('NotAuthorizedException', 'Incorrect username or password.');
const RULES = { min_length: 8, require_lowercase: true, require_uppercase: true, require_numbers: true, require_symbols: false };
/** Cognito locks an account for a while after five wrong passwords. */
const WRONG_PASSWORDS = 5;
/** Cognito's default of ID and access tokens. */
const TOKEN_S = 3600;

export async function startFakeCognito(): Promise<FakeCognito> {
  const poolName = 'Loopback1';
  const userPoolId = `eu-central-1_${poolName}`;
  const clientId = 'client1of1tests';
  const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${userPoolId}`;
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'loopback', alg: 'RS256', use: 'sig' }] };
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, { account: Account; challenge: string; exchange?: SrpExchange; secretBlock?: string; right: boolean }>();
  const refreshTokens = new Map<string, { account: Account; sinceMs: number }>();
  const mailbox = new Map<string, string>();
  const faults = new Map<string, { type?: string; status?: number; message?: string; held?: Promise<void>; times: number }>();
  const calls: string[] = [];

  const find = (username: string) => accounts.get(username.toLowerCase()) ?? [...accounts.values()].find(({ sub }) => sub === username);
  function add({ email, password, name = '', groups = [], confirmed = true, totp, temporary = false, disabled = false }: FakeAccount): string {
    const sub = randomUUID();
    accounts.set(email.toLowerCase(), { email, name, groups, confirmed, temporary, disabled, sub, totp: totp ?? null, verifier: makeVerifier(poolName, sub, password), code: null, wrongPasswords: 0, signedOutMs: -1 });
    return sub;
  }
  function send(account: Account): Json {
    const value = String(randomInt(100_000, 1_000_000));
    account.code = { value, used: false };
    mailbox.set(account.email.toLowerCase(), value);
    return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: delivery(account.email) } };
  }
  function checkCode(account: Account | undefined, code: string): asserts account is Account {
    if (!account?.code || account.code.used) throw new Problem('ExpiredCodeException', 'Invalid code provided, please request a code again.');
    if (account.code.value !== code) throw new Problem('CodeMismatchException', 'Invalid verification code provided, please try again.');
    account.code.used = true;
  }
  async function tokens(account: Account, refreshToken?: string, idTokenS = TOKEN_S): Promise<Json> {
    const token = (use: 'id' | 'access', claims: Json) =>
      new SignJWT({ ...claims, token_use: use, ...(account.groups.length > 0 ? { 'cognito:groups': account.groups } : {}), role: 'authenticated', origin_jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256', kid: 'loopback' }).setIssuer(issuer).setSubject(account.sub).setIssuedAt().setExpirationTime(`${use === 'id' ? idTokenS : TOKEN_S}s`).setJti(randomUUID()).sign(privateKey);
    const made = refreshToken ?? randomBytes(600).toString('base64url');
    if (!refreshToken) refreshTokens.set(made, { account, sinceMs: Date.now() });
    return {
      IdToken: await token('id', { aud: clientId, email: account.email, email_verified: true, 'cognito:username': account.sub, ...(account.name ? { name: account.name } : {}) }),
      AccessToken: await token('access', { client_id: clientId, username: account.sub, scope: 'aws.cognito.signin.user.admin' }),
      ...(refreshToken ? {} : { RefreshToken: made }),
      ExpiresIn: idTokenS, TokenType: 'Bearer',
    };
  }
  function challenge(account: Account, name: string, parameters: Json, rest: { exchange?: SrpExchange; secretBlock?: string; right: boolean }): Json {
    const session = randomBytes(40).toString('base64url');
    sessions.set(session, { account, challenge: name, ...rest });
    return { ChallengeName: name, Session: session, ChallengeParameters: { USERNAME: account.sub, ...parameters } };
  }
  async function afterPassword(account: Account): Promise<Json> {
    if (!account.confirmed) throw new Problem('UserNotConfirmedException', 'User is not confirmed.');
    if (account.temporary) return challenge(account, 'NEW_PASSWORD_REQUIRED', { requiredAttributes: JSON.stringify(account.name ? [] : ['userAttributes.name']), userAttributes: JSON.stringify({ email: account.email }) }, { right: true });
    if (account.totp) return challenge(account, 'SOFTWARE_TOKEN_MFA', {}, { right: true });
    return { ChallengeParameters: {}, AuthenticationResult: await tokens(account) };
  }
  function checkPassword(password: string): void {
    if (password.length < RULES.min_length || !/[a-z]/.test(password) || !/[A-Z]/.test(password) || !/\d/.test(password)) throw new Problem('InvalidPasswordException', 'Password did not conform with policy: Password not long enough');
  }
  function ofRefreshToken(token: string): Account {
    const known = refreshTokens.get(token);
    if (!known || known.account.disabled || known.sinceMs <= known.account.signedOutMs) throw new Problem('NotAuthorizedException', 'Refresh Token has been revoked');
    return known.account;
  }

  const operations: Record<string, (body: Json) => Json | Promise<Json>> = {
    InitiateAuth({ AuthFlow, AuthParameters }) {
      if (AuthFlow !== 'USER_SRP_AUTH') throw new Problem('InvalidParameterException', `${AuthFlow} flow not enabled for this client`);
      const known = find(AuthParameters.USERNAME);
      if (known?.disabled) throw new Problem('NotAuthorizedException', 'User is disabled.');
      if (known && known.wrongPasswords >= WRONG_PASSWORDS) throw new Problem('NotAuthorizedException', 'Password attempts exceeded');
      // For an account there is not, an exchange that no password can win, the same each time it is asked for.
      const account = known ?? ({ sub: stableId(AuthParameters.USERNAME), verifier: makeVerifier(poolName, 'nobody', randomUUID()) } as Account);
      const exchange = startExchange(account.verifier, AuthParameters.SRP_A);
      const secretBlock = randomBytes(64).toString('base64');
      return challenge(account, 'PASSWORD_VERIFIER', { USER_ID_FOR_SRP: account.sub, SALT: account.verifier.saltHex, SRP_B: exchange.publicHex, SECRET_BLOCK: secretBlock }, { exchange, secretBlock, right: known !== undefined });
    },
    async RespondToAuthChallenge({ ChallengeName, ChallengeResponses: given, Session }) {
      const session = [...sessions].find(([key, { challenge: name, secretBlock }]) => name === ChallengeName && (key === Session || (secretBlock && secretBlock === given.PASSWORD_CLAIM_SECRET_BLOCK)));
      if (!session) throw new Problem('NotAuthorizedException', 'Invalid session for the user.');
      const { account, exchange, right } = session[1];
      if (ChallengeName === 'PASSWORD_VERIFIER') {
        sessions.delete(session[0]);
        const claim = { poolName, userId: account.sub, secretBlock: given.PASSWORD_CLAIM_SECRET_BLOCK, timestamp: given.TIMESTAMP, signature: given.PASSWORD_CLAIM_SIGNATURE };
        if (!right || !exchange?.proves(claim)) {
          account.wrongPasswords++;
          throw WRONG();
        }
        account.wrongPasswords = 0;
        return afterPassword(account);
      }
      if (ChallengeName === 'SOFTWARE_TOKEN_MFA') {
        if (given.SOFTWARE_TOKEN_MFA_CODE !== account.totp) throw new Problem('CodeMismatchException', 'Invalid code received for user');
        sessions.delete(session[0]);
        return { ChallengeParameters: {}, AuthenticationResult: await tokens(account) };
      }
      checkPassword(given.NEW_PASSWORD);
      const name = account.name || given['userAttributes.name'];
      if (!name) throw new Problem('InvalidParameterException', 'Attributes did not conform to the schema: name: The attribute is required');
      sessions.delete(session[0]);
      Object.assign(account, { name, temporary: false, verifier: makeVerifier(poolName, account.sub, given.NEW_PASSWORD) });
      return afterPassword(account);
    },
    SignUp({ Username, Password, UserAttributes = [] }) {
      if (find(Username)) throw new Problem('UsernameExistsException', 'An account with the given email already exists.');
      checkPassword(Password);
      const sub = add({ email: Username, password: Password, confirmed: false, name: UserAttributes.find(({ Name }: Json) => Name === 'name')?.Value ?? '' });
      return { UserConfirmed: false, UserSub: sub, ...send(find(Username)!) };
    },
    ConfirmSignUp({ Username, ConfirmationCode }) {
      const account = find(Username);
      if (account?.confirmed) throw new Problem('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED');
      checkCode(account, ConfirmationCode);
      account.confirmed = true;
      return {};
    },
    ResendConfirmationCode({ Username }) {
      const account = find(Username);
      if (account?.confirmed) throw new Problem('InvalidParameterException', 'User is already confirmed.');
      return account ? send(account) : { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: delivery(Username) } };
    },
    ForgotPassword({ Username }) {
      const account = find(Username);
      if (account && !account.confirmed) throw new Problem('InvalidParameterException', 'Cannot reset password for the user as there is no registered/verified email or phone_number');
      return account ? send(account) : { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: delivery(Username) } };
    },
    ConfirmForgotPassword({ Username, ConfirmationCode, Password }) {
      checkPassword(Password);
      const account = find(Username);
      checkCode(account, ConfirmationCode);
      Object.assign(account, { wrongPasswords: 0, temporary: false, verifier: makeVerifier(poolName, account.sub, Password) });
      return {};
    },
    async GetTokensFromRefreshToken({ RefreshToken }) {
      return { AuthenticationResult: await tokens(ofRefreshToken(RefreshToken), RefreshToken) };
    },
    RevokeToken({ Token }) {
      refreshTokens.delete(Token);
      return {};
    },
    GlobalSignOut({ AccessToken }) {
      const { sub } = JSON.parse(Buffer.from(AccessToken.split('.')[1], 'base64url').toString());
      find(sub)!.signedOutMs = Date.now();
      return {};
    },
  };

  async function answer(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
    if (request.method === 'OPTIONS') return { status: 200 };
    if (request.url === `/${userPoolId}/.well-known/jwks.json`) return { status: 200, body: keys };
    const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
    const text = await textOf(request);
    calls.push(operation);
    const fault = faults.get(operation);
    if (fault && --fault.times <= 0) faults.delete(operation);
    await fault?.held;
    try {
      if (fault?.status && !fault.type) return { status: fault.status, body: {} };
      if (fault?.type) throw new Problem(fault.type, fault.message ?? 'As the test wanted it.', fault.status ?? 400);
      const body = JSON.parse(text) as Json;
      if (body.ClientId !== undefined && body.ClientId !== clientId) throw new Problem('ResourceNotFoundException', `User pool client ${body.ClientId} does not exist.`);
      const handler = operations[operation];
      if (!handler) throw new Problem('UnknownOperationException', `No operation ${operation}`);
      return { status: 200, body: await handler(body) };
    } catch (error) {
      if (error instanceof Problem) return { status: error.status, body: { __type: error.type, message: error.message } };
      return { status: 500, body: { __type: 'InternalErrorException', message: String(error) } };
    }
  }
  const server = createServer((request, response) => void answer(request).then(({ status, body }) => write(response, status, body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    userPoolId, clientId, add, calls,
    outputs: () => ({
      version: '1.4',
      auth: {
        user_pool_id: userPoolId, aws_region: 'eu-central-1', user_pool_client_id: clientId, identity_pool_id: 'eu-central-1:00000000-0000-0000-0000-000000000000', mfa_methods: ['TOTP'], standard_required_attributes: ['email'],
        username_attributes: ['email'], user_verification_types: ['email'], groups: [{ admin: { precedence: 0 } }, { interviewer: { precedence: 1 } }, { learner: { precedence: 2 } }], mfa_configuration: 'OPTIONAL', password_policy: RULES, unauthenticated_identities_enabled: false,
      },
    }),
    codeFor: (email) => mailbox.get(email.toLowerCase()),
    async tokensOf(email, options) {
      const { IdToken, AccessToken, RefreshToken } = await tokens(find(email)!, undefined, options?.idTokenS);
      return { idToken: IdToken, accessToken: AccessToken, refreshToken: RefreshToken };
    },
    fault(operation, { times = 1, ...fault }) {
      faults.set(operation, { ...fault, times });
      return () => void faults.delete(operation);
    },
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** The same for one name each time, as Cognito has it, so that asking twice tells nothing. */
function stableId(name: string): string {
  const hex = createHash('sha256').update(name.toLowerCase()).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
function delivery(email: string): string {
  return email.replace(/^(.)[^@]*@(.).*$/, '$1***@$2***');
}
async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
function write(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*',
    'access-control-allow-methods': 'POST',
    'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
  });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
