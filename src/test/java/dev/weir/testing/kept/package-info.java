/**
 * State that earlier code wrote, kept as test resources in {@code src/test/resources/state/v<format>}, with the events that it was made
 * of. Nothing here changes what a kept file holds; docs/state.md says how a new format's is made.
 */
package dev.weir.testing.kept;
