/**
 * Looking at every name: what a lost notification left undone is found by comparing the listings of
 * both sides. A listing is trusted with nothing but where to look.
 */
package dev.twinbucket.reconcile;
