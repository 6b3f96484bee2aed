/** Options that only MySQL has: without a second protocol, and without files of the server in SQL. */
export const ownArgs = ['--mysqlx=OFF', '--secure-file-priv=NULL'];
