/** What k8s-operator/ says is what the operator, Flink and Weir accept: checked without a cluster, and with one by -Pdeploy. */
package dev.weir.k8s;
