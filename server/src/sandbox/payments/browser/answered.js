window.parent.postMessage({ foyerSandbox: "answered" }, "*")
