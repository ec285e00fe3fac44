/** Moving bytes and attributes from one store to another, within bounds of memory and time. */
package dev.twinbucket.transfer;
