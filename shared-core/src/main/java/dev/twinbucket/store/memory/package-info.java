/** Objects in memory, strict as a cloud and deterministic: for simulations and for trials. */
package dev.twinbucket.store.memory;
