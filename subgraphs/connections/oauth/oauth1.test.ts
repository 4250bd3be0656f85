import { expect, test } from 'vitest';
import { oauth1Header, oauth1Signature } from './oauth1.pure.ts';

test('the signature of a form with a query is the documented one', () => {
  const signature = oauth1Signature(
    {
      method: 'POST',
      url: new URL('https://api.twitter.com/1.1/statuses/update.json?include_entities=true'),
      form: { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' },
    },
    {
      oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      oauth_version: '1.0',
    },
    {
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    },
  );
  expect(signature).toBe('hCtSmYh+iHYCEqBWrE7C7hYmtUk=');
});

test("the signature of a photo server's request is the documented one", () => {
  const url = new URL('http://photos.example.net/photos?file=vacation.jpg&size=original');
  const header = oauth1Header(
    { method: 'GET', url },
    {
      consumerKey: 'dpf43f3p2l4k3l03',
      consumerSecret: 'kd94hf93k423kf44',
      token: 'nnch734d00sl2jdk',
      tokenSecret: 'pfkkdhi9sl3r4s00',
      nonce: 'kllo9940pd9333jh',
      timestamp: 1191242096,
    },
  );
  expect(header).toContain('oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D"');
});
