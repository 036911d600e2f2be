/** Holds the job jar's main class, under the name that manifests and images use. Nothing else lives here. */
package dev.weir;
