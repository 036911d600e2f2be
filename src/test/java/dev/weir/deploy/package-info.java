/** The files that deploy Weir: what can be said of them without a cluster, and, tagged {@code deploy}, with one. */
package dev.weir.deploy;
