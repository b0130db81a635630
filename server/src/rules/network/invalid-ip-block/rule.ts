import { defineRule, type Report } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { containsRange, formatIpRange, type IpRange, masked } from '../../../model/ip-range.js';
import { ipBlocksOf, rangeOf, writtenRules } from '../../../model/kubernetes/network-policy.js';
import { type Known, knownItems, type Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';

export default defineRule({
  meta: {
    id: 'invalid-ip-block',
    summary: 'A policy has a range of addresses that is not written well.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const { cidr, except } of writtenRules(manifest).flatMap(ipBlocksOf)) {
        judge(cidr, report);
        const whole = rangeOf(cidr);
        for (const item of knownItems(except)) {
          judge(item, report);
          const part = rangeOf(item);
          if (whole !== undefined && part !== undefined) compare(whole, part, item.value, report);
        }
      }
    },
  },
});

function judge(text: Located<string>, report: Report): void {
  if (text.kind !== 'known' || hasVariable(text.value)) return;
  const range = rangeOf(text)?.value;
  if (range === undefined) {
    report({ at: text, message: `${quoted(text.value)} is no range of addresses: the policy cannot work.` });
    return;
  }
  const network = masked(range);
  if (network.address === range.address) return;
  const meant = formatIpRange(network);
  report({
    at: text,
    severity: 'warning',
    message: `${quoted(text.value, 44)} has bits behind its prefix: it may mean one address.`,
    fix: { title: `Write \`${meant}\``, safety: 'unsafe', change: set(text.slot, meant) },
  });
}

function compare(whole: Known<IpRange>, part: Known<IpRange>, text: string, report: Report): void {
  const isOther = whole.value.family !== part.value.family;
  if (!isOther && whole.value.prefix < part.value.prefix && containsRange(whole.value, part.value)) return;
  const fault = isOther ? `is IPv${part.value.family}, its range is not` : "is no smaller part of 'cidr'";
  report({
    at: part,
    message: `Exception ${quoted(text, 40)} ${fault}: the API refuses it.`,
    related: [{ at: whole.at, message: 'It is taken out of this range.' }],
  });
}
