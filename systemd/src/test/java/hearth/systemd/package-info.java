/** Tests of the units, the stop hook and the packages with Debian's own tools. */
package hearth.systemd;
