package org.spoolway.lifecycle;

/**
 * The parts of a plan, in order. They decide what a failure and what a crash mean. The cutover,
 * which is all that users can notice, is {@link #CHANGE} and {@link #PROOF} together.
 */
public enum Phase {
  /** Users cannot notice anything; failing means {@code failed}. */
  PREPARE,
  /** Users may notice; until its last step is done there is only the way back. */
  CHANGE,
  /** The new state is in place and must prove itself; repeatable, so a crash goes forward first. */
  PROOF,
  /** The outcome is decided; what fails here is told and changes nothing. */
  AFTERWARDS
}
