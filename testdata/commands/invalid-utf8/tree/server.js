const name = "café";
require("http").createServer().listen(3000);
