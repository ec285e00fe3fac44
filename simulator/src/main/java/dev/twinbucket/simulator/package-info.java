/**
 * A deterministic model of everything around the core: two stores, their notifications, users,
 * clocks, and functions that are interleaved, stalled and killed at any call. The core itself is
 * the production one.
 */
package dev.twinbucket.simulator;
