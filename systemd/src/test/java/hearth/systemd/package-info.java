/** The units, the hook and the packages, by Debian's own tools. */
package hearth.systemd;
