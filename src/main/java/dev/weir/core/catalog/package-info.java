/**
 * What the core is told: the model of the catalog and the settings of time, as plain, serializable values that
 * {@code config} has checked, and what a name may be, how names are compared and which unit a spelling means. Uses
 * nothing of Weir.
 */
package dev.weir.core.catalog;
