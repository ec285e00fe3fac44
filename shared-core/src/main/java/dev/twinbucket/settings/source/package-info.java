/** Where documents are fetched from that the environment only points at. */
package dev.twinbucket.settings.source;
