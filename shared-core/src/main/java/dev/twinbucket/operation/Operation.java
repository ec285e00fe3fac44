package dev.twinbucket.operation;

import dev.twinbucket.json.JsonObject;
import dev.twinbucket.time.Deadline;

/** One thing that an operator may ask for. */
@FunctionalInterface
public interface Operation {
  /**
   * Does it.
   *
   * @param request what is asked for
   * @param deadline when the platform cuts it off
   * @return what to tell the operator
   * @throws OperationException if the request is at fault
   * @throws dev.twinbucket.state.StateException if the state store could not be asked
   * @throws dev.twinbucket.store.StoreException if a store could not be asked
   */
  JsonObject run(OperationRequest request, Deadline deadline);
}
