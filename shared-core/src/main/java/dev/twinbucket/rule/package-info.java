/** Which buckets are kept equal, and how: sides, rules, filters, policies. */
package dev.twinbucket.rule;
