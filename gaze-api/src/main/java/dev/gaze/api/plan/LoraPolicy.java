package dev.gaze.api.plan;

/** How the LoRAs of the chosen assets become a chain. The words and triggers of all of them are used in either case. */
public enum LoraPolicy {
    /** One for each slot: the first category of the slot that brings one, and of that category the first chosen. */
    SLOTS,
    /** Every chosen one: in the order of slots, within a slot by priority, then in the order of choice. */
    STACK_ALL
}
