if(!window.papiSheets){window.papiSheets=true;document.addEventListener("click",function(event){
 var button=event.target.closest&&event.target.closest("button.png");if(!button)return;
 var failed=function(){button.textContent=button.dataset.failed},image=new Image();
 image.onerror=failed;
 image.onload=function(){
  var canvas=document.createElement("canvas");canvas.width=2560;canvas.height=1440;canvas.getContext("2d").drawImage(image,0,0,2560,1440);
  canvas.toBlob(function(blob){if(!blob){failed();return}
   var link=document.createElement("a");link.href=URL.createObjectURL(blob);link.download=button.dataset.file;link.click();setTimeout(function(){URL.revokeObjectURL(link.href)},60000)},"image/png")};
 image.src="data:image/svg+xml;base64,"+button.dataset.svg})}
