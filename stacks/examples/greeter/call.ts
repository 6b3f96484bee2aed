const response = await fetch(process.env['GREETER_URL'] ?? '');
console.log(response.status, (await response.text()).trim());
