/** What a new connector begins with: a whole one for a made-up platform, to be changed line by line. */
export const template = `liftos: 1
platform:
  name: Acme Ads
  summary: Daily figures of every advertisement.
  docs: https://developers.acmeads.com
base_url: https://api.acmeads.com/v2
hosts: [api.acmeads.com]
auth:
  - type: bearer
    label: Access token
    hint: In Acme Ads under Settings → API.
accounts:
  request:
    path: /advertisers
  rows: body.data
  id: '{{ row.id }}'
  name: '{{ row.title }}'
  currency: '{{ row.currency }}'
  time_zone: '{{ row.timezone }}'
streams:
  - name: ad_daily
    title: Daily figures
    basis: claimed
    request:
      path: /advertisers/{{ account.id }}/stats
      query:
        from: '{{ slice.from }}'
        to: '{{ slice.to }}'
    page_size: 100
    rows: body.data
    paging: { type: cursor, next: body.paging.next_cursor, parameter: cursor, size_parameter: limit }
    cursor: { by: day, look_back_days: 7, window_days: 30, history_days: 730 }
    key: [day, ad.id]
    facts:
      date: '{{ row.day }}'
      entity: '{{ row.ad.id }}'
      channel: Acme Ads
      campaign: '{{ row.campaign.name }}'
      ad: '{{ row.ad.title }}'
      spend: '{{ row.cost | minor }}'
      impressions: '{{ row.views }}'
      clicks: '{{ row.clicks }}'
      conversions: '{{ row.sales.count }}'
      revenue: '{{ row.sales.value | minor }}'
`;
