/** The catalog's model: plain, validated, serializable values. Depends on nothing, so that the core may use it. */
package dev.weir.config.catalog;
